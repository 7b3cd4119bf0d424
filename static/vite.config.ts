// How the screens are built: one entry for each folder of src/screens, and the service worker of the phone.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, type Plugin, type Rolldown } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const base = '/'
// screens that start without a line; the map's engine is large and draws only ground that is asked for: it stays out of the second
const offline_screens = ['field', 'hazards', 'brief']
const LARGE = /\/parts\/map\/gl\.ts$/

function screens(): Record<string, string> {
  if (!existsSync(here('src/screens'))) return {}
  const names = readdirSync(here('src/screens')).filter((name) => existsSync(here(`src/screens/${name}/main.ts`)))
  return Object.fromEntries(names.map((name) => [name, here(`src/screens/${name}/main.ts`)]))
}

/** All that an offline screen may ask for: its chunks, their styles, and every asset whose name one of them speaks. */
function reached(bundle: Rolldown.OutputBundle, screen: string): string[] {
  const files = new Set<string>()
  const visit = (name: string): void => {
    const file = bundle[name]
    if (!file || files.has(name)) return
    if (screen !== 'field' && file.type === 'chunk' && LARGE.test(file.facadeModuleId ?? '')) return
    files.add(name)
    if (file.type === 'chunk') for (const next of [...file.imports, ...file.dynamicImports]) visit(next)
    const text = file.type === 'chunk' ? file.code : name.endsWith('.css') ? String(file.source) : ''
    for (const other of Object.keys(bundle)) if (text.includes(other.split('/').pop()!)) visit(other)
    if (file.type === 'chunk') for (const css of file.viteMetadata?.importedCss ?? []) visit(css)
  }
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.isEntry && file.name === screen) visit(file.fileName)
  }
  return [...files].sort()
}

/** Builds src/sw.ts into one file, sw.js, that knows the files of the offline screens and a name for this build. */
function service_worker(): Plugin {
  let out_dir = ''
  let shells: Record<string, string[]> = {}
  return {
    name: 'fengsui-service-worker',
    apply: 'build',
    configResolved(config) { out_dir = config.build.outDir },
    writeBundle(_options, bundle) { shells = Object.fromEntries(offline_screens.map((one) => [`/${one}`, reached(bundle, one).map((name) => base + name)])) },
    async closeBundle() {
      if (!existsSync(here('src/sw.ts'))) return
      const build_name = createHash('sha256').update(JSON.stringify(shells)).digest('hex').slice(0, 12)
      await build({
        configFile: false,
        logLevel: 'warn',
        root: here('.'),
        publicDir: false,
        define: { __SHELLS__: JSON.stringify(shells), __BUILD__: JSON.stringify(build_name) },
        build: {
          outDir: out_dir,
          emptyOutDir: false,
          rolldownOptions: { input: here('src/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}

export default defineConfig({
  base,
  publicDir: existsSync(here('src/public')) ? here('src/public') : false,
  plugins: [vue(), service_worker()],
  worker: { format: 'es' },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: { input: screens() },
  },
  test: {
    include: ['src/**/*.test.ts'],
    exclude: configDefaults.exclude,
    environment: 'node',
    passWithNoTests: true,
  },
})
