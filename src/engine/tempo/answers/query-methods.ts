/** As in Tempo, a POST is answered as a GET is: by the parameters of its address. */
export const QUERY_METHODS = ['GET', 'POST'];
