import '../../styles/tokens.css'
import '../../styles/base.css'
import './field.css'
import { createApp } from 'vue'
import { begin } from '../../kernel/begin'
import { lang, setLang } from '../../kernel/i18n'
import { sound } from '../../kernel/sound'
import App from './App.vue'
import { signedOut } from './signedout'
import { askedTheme } from './theme'

/** Chosen on this phone, else the account's. */
const askedLang = (): 'zh' | 'en' => { const held = localStorage.getItem('fengsui.lang'); return held === 'en' || held === 'zh' ? held : lang() }

const screen = await begin({ priority: 'later', topics: (s) => [...s.actor.parties, 'roads', 'dangers', 'warnings:force'], theme: askedTheme(), offline: true, onSignedOut: () => { signedOut.value = true } })
sound.unlockOnGesture()
if (!new URLSearchParams(location.search).has('lang')) setLang(askedLang())
if (screen) createApp(App, { screen }).mount('#app')
