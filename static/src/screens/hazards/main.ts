import '../../styles/tokens.css'
import '../../styles/base.css'
import './hazards.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import App from './App.vue'

const screen = await begin({
  priority: 'later', offline: true, keptAs: 'hazards', theme: localStorage.getItem('fengsui.theme') === 'light' ? 'light' : 'dark',
  topics: (s) => [...s.actor.parties.filter((party) => !party.startsWith('team:')).map((party) => `hazards:${party}`), 'centres'],
})
if (screen) createApp(App, { screen }).mount('#app')
