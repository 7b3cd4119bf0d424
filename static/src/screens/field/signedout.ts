/** The session ended while the screen was open: what is entered stays on the phone until somebody signs in again. */
import { ref } from 'vue'

export const signedOut = ref(false)
