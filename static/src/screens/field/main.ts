import '../../styles/tokens.css'
import '../../styles/base.css'
import './field.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { sound } from '../../kernel/sound'
import App from './App.vue'
import { signedOut } from './signedout'
import { askedTheme } from './theme'

const screen = await begin({ priority: 'later', topics: (s) => s.actor.parties, theme: askedTheme(), offline: true, onSignedOut: () => { signedOut.value = true } })
sound.unlockOnGesture()
if (screen) createApp(App, { screen }).mount('#app')
