/** Attributes that say what a failure is called where no exception was recorded; the first that is there. */
export const failureTypeKeys = ['error.type', 'http.response.status_code', 'http.status_code', 'rpc.grpc.status_code'];
