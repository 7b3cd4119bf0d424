/** Takes a moving JPEG apart as it comes (multipart/x-mixed-replace): each part is one picture. */

const MOST = 8_000_000

export class Parts {
  private held = new Uint8Array(0)
  private boundary: Uint8Array | null = null

  /** What came → the whole pictures in it. Throws a RangeError on what is no such stream. */
  take(piece: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const joined = new Uint8Array(this.held.length + piece.length)
    joined.set(this.held)
    joined.set(piece, this.held.length)
    this.held = joined
    const found: Uint8Array<ArrayBuffer>[] = []
    for (let part = this.next(); part; part = this.next()) found.push(part)
    if (this.held.length > MOST) throw new RangeError('a picture without an end')
    return found
  }

  /** The first part that is whole. */
  private next(): Uint8Array<ArrayBuffer> | null {
    this.boundary ??= this.first()
    if (!this.boundary) return null
    const head = indexOf(this.held, EMPTY_LINE, 0)
    if (head < 0) return null
    const begin = head + EMPTY_LINE.length
    const told = /content-length:\s*(\d+)/i.exec(new TextDecoder('latin1').decode(this.held.subarray(0, head)))
    const end = told ? begin + Number(told[1]) : indexOf(this.held, this.boundary, begin)
    if (end < 0 || end > this.held.length) return null
    const picture = this.held.slice(begin, end)
    this.held = this.held.slice(told ? Math.max(end, indexOf(this.held, this.boundary, end)) : end)
    return picture
  }

  /** The stream begins with its own boundary; from then on each part begins after one. */
  private first(): Uint8Array | null {
    const begin = indexOf(this.held, DASHES, 0)
    const end = begin < 0 ? -1 : indexOf(this.held, LINE, begin)
    if (begin > 4) throw new RangeError('no boundary')
    return end < 0 ? null : this.held.slice(begin, end)
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const [EMPTY_LINE, LINE, DASHES] = [bytes('\r\n\r\n'), bytes('\r\n'), bytes('--')]

function indexOf(all: Uint8Array, sought: Uint8Array, from: number): number {
  for (let at = all.indexOf(sought[0]!, from); at >= 0 && at + sought.length <= all.length; at = all.indexOf(sought[0]!, at + 1)) {
    if (sought.every((byte, i) => all[at + i] === byte)) return at
  }
  return -1
}
