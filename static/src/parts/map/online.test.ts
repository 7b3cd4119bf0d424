import { describe, expect, it } from 'vitest'
import { keptChoice } from './online'

const one = { id: 'vec', zh: '天地图', en: 'Tianditu', credit: '国家地理信息公共服务平台', max_zoom: 18 }
describe('pictures from outside', () => {
  it('are off until somebody chooses one', () => { expect(keptChoice([one], null)).toBe('') })
  it('stay as they were chosen, while the county still has them', () => {
    expect(keptChoice([one], 'vec')).toBe('vec')
    expect(keptChoice([], 'vec')).toBe('')
  })
})
