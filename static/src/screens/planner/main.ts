import '../../styles/tokens.css'
import '../../styles/base.css'
import './planner.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { chosenLang, chosenTheme } from '../../kernel/choices'
import App from './App.vue'

const screen = await begin({
  priority: 'later', theme: chosenTheme(), lang: chosenLang(),
  topics: (s) => ['plans', `plans:${s.actor.centre.slice(0, 9)}`, 'centres'],
})
if (screen) createApp(App, { screen }).mount('#app')
