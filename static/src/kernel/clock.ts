/**
 * The server's time on this screen, and one tick a second for everything that counts.
 * A message can only arrive late, so of the last samples the one that puts the server furthest ahead is nearest the truth.
 */

const SAMPLES = 12

export class Clock {
  private offsets: number[] = []
  private best = 0
  private readonly ticks = new Set<(now: number) => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly device: () => number

  constructor(device: () => number = Date.now) {
    this.device = device
  }

  /** Server time, ms. */
  now(): number { return this.device() + this.best }
  /** Server minus device, ms; 0 until the server has spoken. */
  offset(): number { return this.best }

  /** The server said it is `iso` now. */
  observe(iso: string): void {
    const at = Date.parse(iso)
    if (Number.isNaN(at)) return
    const offset = at - this.device()
    if (Math.abs(offset - this.best) > 60_000) this.offsets = []
    this.offsets = [...this.offsets, offset].slice(-SAMPLES)
    this.best = Math.max(...this.offsets)
  }

  /** Runs once a second, on the second. Returns the way to stop. */
  onTick(run: (now: number) => void): () => void {
    this.ticks.add(run)
    if (this.timer === undefined) this.arm()
    return () => {
      this.ticks.delete(run)
      if (this.ticks.size > 0) return
      clearTimeout(this.timer)
      this.timer = undefined
    }
  }

  private arm(): void {
    const now = this.now()
    this.timer = setTimeout(() => {
      this.arm()
      const t = this.now()
      for (const run of this.ticks) run(t)
    }, 1000 - (((now % 1000) + 1000) % 1000) + 2)
  }
}

export const clock = new Clock()
