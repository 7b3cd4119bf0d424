import '../../styles/tokens.css'
import '../../styles/base.css'
import './admin.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { chosenLang, chosenTheme } from '../../kernel/choices'
import App from './App.vue'

const screen = await begin({ priority: 'later', topics: (s) => [...s.actor.parties, ...(s.actor.centre.length === 6 && s.actor.permissions.includes('import.read') ? ['imports'] : []), ...(s.actor.permissions.includes('road.write') ? ['roads'] : []), ...(s.actor.centre.length === 6 && s.actor.permissions.includes('destruction.read') ? ['destructions'] : [])], theme: chosenTheme(), lang: chosenLang() })
if (screen) createApp(App, { screen }).mount('#app')
