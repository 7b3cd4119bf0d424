import '../../styles/tokens.css'
import '../../styles/base.css'
import './brief.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { warningRooms } from '../../parts/warnings'
import App from './App.vue'

const screen = await begin({
  priority: 'later', offline: true, keptAs: 'brief', theme: localStorage.getItem('fengsui.theme') === 'light' ? 'light' : 'dark',
  topics: (s) => [...s.actor.parties, 'centres', 'roads', 'dangers', ...warningRooms(s)],
})
if (screen) createApp(App, { screen }).mount('#app')
