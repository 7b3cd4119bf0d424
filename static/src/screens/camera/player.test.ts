import { expect, it } from 'vitest'
import { Address } from './player'

it('asks with the newest signature for whatever an older one stood in', () => {
  const address = new Address('https://m/live/tokA/100/cam01/index.m3u8', ['tokA', '100'])
  expect(address.fresh('https://m/live/tokA/100/cam01/part1.ts')).toBe('https://m/live/tokA/100/cam01/part1.ts')
  address.renew(['tokB', '160'])
  address.renew(['tokC', '220'])
  for (const old of ['tokA/100', 'tokB/160', 'tokC/220']) expect(address.fresh(`https://m/live/${old}/cam01/part7.ts`)).toBe('https://m/live/tokC/220/cam01/part7.ts')
  expect(address.fresh('https://m/cam.m3u8')).toBe('https://m/cam.m3u8')
})
