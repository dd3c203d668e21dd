/** Which chain computed a result. Rises with every change that can change a number; recordings and results carry it. */
export const ENGINE_VERSION = '0.4.0';
