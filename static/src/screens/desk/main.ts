import '../../styles/tokens.css'
import '../../styles/base.css'
import './desk.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { chosenLang, chosenTheme } from '../../kernel/choices'
import { keys } from '../../kernel/keys'
import { sound } from '../../kernel/sound'
import { warningRooms } from '../../parts/warnings'
import { loadKeys } from './keymap'
import App from './App.vue'

const screen = await begin({ priority: 'first', topics: (s) => [...s.actor.parties, 'roads', 'dangers', 'centres', 'duty', ...warningRooms(s)], theme: chosenTheme(), lang: chosenLang() })
if (screen) {
  sound.unlockOnGesture()
  loadKeys(screen.session.actor.id)
  keys.off = localStorage.getItem('fengsui.keys.off') === '1'
  createApp(App, { screen }).mount('#app')
}
