import '../../styles/tokens.css'
import '../../styles/base.css'
import './wall.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import App from './App.vue'
import { isForVisitors } from './visitor'
import VisitorWall from './VisitorWall.vue'

const desk = await begin({ priority: 'first', topics: (s) => (isForVisitors(s) ? [] : [...s.actor.parties, 'centres', 'roads', 'dangers', 'warnings']) })
if (desk) createApp(isForVisitors(desk.session) ? VisitorWall : App, { desk }).mount('#app')
