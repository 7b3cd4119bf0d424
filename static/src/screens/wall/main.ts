import '../../styles/tokens.css'
import '../../styles/base.css'
import './wall.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import App from './App.vue'

const desk = await begin({ priority: 'first', topics: (s) => s.actor.parties })
if (desk) createApp(App, { desk }).mount('#app')
