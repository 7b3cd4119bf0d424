import '../../styles/tokens.css'
import '../../styles/base.css'
import './hazards.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { chosenLang, chosenTheme } from '../../kernel/choices'
import App from './App.vue'

const screen = await begin({
  priority: 'later', offline: true, keptAs: 'hazards', theme: chosenTheme(), lang: chosenLang(),
  topics: (s) => [...s.actor.parties.filter((party) => !party.startsWith('team:')).map((party) => `hazards:${party}`), 'centres'],
})
if (screen) createApp(App, { screen }).mount('#app')
