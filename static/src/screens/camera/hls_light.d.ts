/** The smaller build of hls.js (no subtitles, no second sound, no DRM) has the types of the whole. */
declare module 'hls.js/light' {
  export { default, ErrorTypes, Events } from 'hls.js'
}
