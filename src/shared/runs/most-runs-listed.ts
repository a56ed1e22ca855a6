/** As many as a list has at most: twice what a home keeps, beside those that are pinned. Who looks for one among all asks for so many. */
export const mostRunsListed = 1000;
