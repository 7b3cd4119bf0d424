import { expect, it, vi } from 'vitest'
import { Address, playNative } from './player'

it('asks with the newest signature for whatever an older one stood in', () => {
  const address = new Address('https://m/live/tokA/100/cam01/index.m3u8', ['tokA', '100'])
  expect(address.fresh('https://m/live/tokA/100/cam01/part1.ts')).toBe('https://m/live/tokA/100/cam01/part1.ts')
  address.renew(['tokB', '160'])
  address.renew(['tokC', '220'])
  for (const old of ['tokA/100', 'tokB/160', 'tokC/220']) expect(address.fresh(`https://m/live/${old}/cam01/part7.ts`)).toBe('https://m/live/tokC/220/cam01/part7.ts')
  expect(address.fresh('https://m/cam.m3u8')).toBe('https://m/cam.m3u8')
})

it('gives a browser that plays by itself each new address before the old one ends, without asking, and none after the viewing', () => {
  const heard: Record<string, () => void> = {}
  const played: string[] = []
  const video = {
    src: '', canPlayType: () => 'maybe', load: () => undefined,
    play() { played.push(this.src); return Promise.resolve() },
    addEventListener: (name: string, run: () => void) => { heard[name] = run }, removeEventListener: (name: string) => { delete heard[name] },
    removeAttribute(this: { src: string }) { this.src = '' },
  }
  const broken = vi.fn()
  const address = new Address('https://m/live/tokA/100/cam01/index.m3u8', ['tokA', '100'])
  const stop = playNative(address, video as never, { playing: vi.fn(), broken, refused: vi.fn(), ended: vi.fn() })
  address.renew(['tokB', '160'])
  address.renew(['tokC', '220'])
  expect(played).toEqual(['tokA/100', 'tokB/160', 'tokC/220'].map((signed) => `https://m/live/${signed}/cam01/index.m3u8`))
  expect(broken).not.toHaveBeenCalled()
  heard.error!()
  expect(broken).toHaveBeenCalledWith('whyRefused')
  stop()
  address.renew(['tokD', '280'])
  expect([played.length, video.src, heard.error]).toEqual([3, '', undefined])
})
