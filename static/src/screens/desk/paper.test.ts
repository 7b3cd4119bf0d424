import { describe, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { chooseLang } from '../../kernel/i18n'
import DrillMark from './DrillMark.vue'
import { px, scaleOf, zoomOn } from './paper'

describe('a map on paper', () => {
  it('is as large as the paper says', () => {
    expect(px(25.4)).toBeCloseTo(96)
  })
  it('shows all that the screen shows', () => {
    expect(zoomOn(10, { w: 1000, h: 500 }, { w: 1000, h: 700 })).toBe(10)
    expect(zoomOn(10, { w: 1000, h: 500 }, { w: 500, h: 500 })).toBe(9)
  })
  it('says its scale as a ruler would find it', () => {
    expect(scaleOf(50 / (96 / 25.4 / 1000) / 1000 / 1000)).toBe(50)
    expect(scaleOf(13.23)).toBe(50_000)
    expect(scaleOf(100)).toBe(380_000)
  })
  it('says 演练 twelve times across a sheet of a drill, in both languages, and never in life', async () => {
    for (const [lang, word] of [['zh', '演练'], ['en', 'DRILL']] as const) {
      chooseLang(lang)
      const of = (world: number): Promise<string> => renderToString(createSSRApp(DrillMark, { world }))
      expect((await of(7)).split(word).length - 1).toBe(12)
      expect(await of(0)).not.toContain(word)
    }
  })
})
