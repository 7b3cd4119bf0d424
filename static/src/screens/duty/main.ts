import '../../styles/tokens.css'
import '../../styles/base.css'
import './duty.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import App from './App.vue'

const screen = await begin({
  priority: 'later', theme: localStorage.getItem('fengsui.theme') === 'light' ? 'light' : 'dark',
  topics: (s) => [...s.actor.parties, ...s.actor.parties.map((party) => `duty:${party}`), 'duty', 'centres'],
})
if (screen) createApp(App, { screen }).mount('#app')
