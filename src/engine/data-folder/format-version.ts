/** Version of everything under the data folder: raised with every change of the tables or the journal's layout. */
export const FORMAT_VERSION = 3;
