/** The library's module build: the bundler joins it with ours into one scope, so that no module number is in the page. */
declare module 'uplot/dist/uPlot.esm.js' {
  export { default } from 'uplot';
}
