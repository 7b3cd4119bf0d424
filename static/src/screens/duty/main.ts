import '../../styles/tokens.css'
import '../../styles/base.css'
import './duty.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { chosenLang, chosenTheme } from '../../kernel/choices'
import App from './App.vue'

const screen = await begin({
  priority: 'later', theme: chosenTheme(), lang: chosenLang(),
  topics: (s) => [...s.actor.parties, ...s.actor.parties.map((party) => `duty:${party}`), 'duty', 'centres'],
})
if (screen) createApp(App, { screen }).mount('#app')
