import '../../styles/tokens.css'
import '../../styles/base.css'
import './planner.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import App from './App.vue'

const screen = await begin({
  priority: 'later', theme: localStorage.getItem('fengsui.theme') === 'light' ? 'light' : 'dark',
  topics: (s) => ['plans', `plans:${s.actor.centre.slice(0, 9)}`, 'centres'],
})
if (screen) createApp(App, { screen }).mount('#app')
