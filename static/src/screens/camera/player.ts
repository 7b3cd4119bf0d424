/** Plays one stream into an element, and says how it goes. Each sort of stream is one function that returns how to stop it. */
import { Problem, raw } from '../../kernel/http'
import { Parts } from './mjpeg'
import type { PlayerWord } from './words'

export interface Stream { protocol: 'hls' | 'mjpeg' | 'webrtc'; until: string; begun_at: string; timed: boolean; camera_name: string; synthetic: boolean; /** HLS only */ url: string | null; marks?: [string, string]; signed_until?: string }
/** The viewing at our own server, whose picture passes there. */
export interface Place { path: string; world: number }
export interface Told {
  /** pictures come */
  playing: () => void
  /** they come no more, or never did */
  broken: (why: PlayerWord) => void
  /** our own server gives none, and says why */
  refused: (why: Problem) => void
  /** it ended there: whether it may be watched on is asked */
  ended: () => void
}
export type Stop = () => void

const NATIVE = 'application/vnd.apple.mpegurl'
const GATHER_MS = 3000

/** An address whose signature is good for a minute: what it was asked for with an older one is asked for with the newest. */
export class Address {
  readonly first: string
  private readonly known: [string, string][]
  /** who plays by itself is told, because it asks on with the address that it was given */
  onRenewed: () => void = () => undefined

  constructor(url: string, marks: [string, string]) {
    this.first = url
    this.known = [marks]
  }

  renew(marks: [string, string]): void { this.known.push(marks); this.onRenewed() }
  fresh(url: string): string {
    const now = this.known.at(-1)!
    return this.known.reduce((text, [token, expires]) => text.replace(token, now[0]).replace(expires, now[1]), url)
  }
}

/** Where the browser plays HLS by itself and nothing else can (iPhone), it does; everywhere else hls.js fetches and feeds it. */
export async function playHls(address: Address, video: HTMLVideoElement, told: Told): Promise<Stop> {
  const url = address.first
  const { default: Hls, ErrorTypes, Events } = await import('hls.js/light')
  if (!Hls.isSupported()) return playNative(address, video, told)
  const hls = new Hls({
    enableWorker: false, backBufferLength: 10, liveSyncDurationCount: 2,  // a worker would need blob: in the policy
    xhrSetup: (xhr, asked) => xhr.open('GET', address.fresh(asked)),
  })
  hls.on(Events.ERROR, (_event, data) => {
    if (!data.fatal) return
    const status = data.response?.code ?? 0
    if (data.type === ErrorTypes.NETWORK_ERROR) told.broken(status >= 400 ? 'whyRefused' : 'whyNone')
    else told.broken('whyBrowser')
  })
  hls.attachMedia(video)
  hls.loadSource(url)
  started(video)
  return () => hls.destroy()
}

/** The browser's own player fetches with the address it was given: before its signature ends it is given the new one, and goes on. */
export function playNative(address: Address, video: HTMLVideoElement, told: Told): Stop {
  if (!video.canPlayType(NATIVE)) { told.broken('whyBrowser'); return () => undefined }
  const failed = (): void => told.broken('whyRefused')
  video.addEventListener('error', failed)
  const from = (url: string): void => { video.src = url; started(video) }
  from(address.first)
  address.onRenewed = () => from(address.fresh(address.first))
  return () => { address.onRenewed = () => undefined; video.removeEventListener('error', failed); video.removeAttribute('src'); video.load() }
}

/** A picture of many pictures, passed on by our own server until the viewing ends: each is drawn as it comes; where the next is here
 * before one is drawn, the older is left out. */
export function playMjpeg(from: Place, canvas: HTMLCanvasElement, told: Told): Stop {
  const going = new AbortController()
  let next: Blob | null = null
  let drawing = false
  const draw = async (): Promise<void> => {
    drawing = true
    while (next && !going.signal.aborted) {
      const blob: Blob = next
      next = null
      try {
        const picture = await createImageBitmap(blob)
        if (canvas.width !== picture.width || canvas.height !== picture.height) Object.assign(canvas, { width: picture.width, height: picture.height })
        canvas.getContext('2d')!.drawImage(picture, 0, 0)
        picture.close()
        told.playing()
      } catch (error) {
        if (!(error instanceof DOMException)) throw error  // one spoiled picture: the next may be whole
      }
    }
    drawing = false
  }
  const read = async (): Promise<void> => {
    const parts = new Parts()
    const reader = (await raw('GET', `${from.path}/picture`, { world: from.world, signal: going.signal })).body!.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      for (const one of parts.take(piece.value)) next = new Blob([one], { type: 'image/jpeg' })
      if (next && !drawing) void draw()
    }
    told.ended()
  }
  read().catch((error: unknown) => {
    if (going.signal.aborted) return
    if (error instanceof Problem) told.refused(error)
    else if (error instanceof RangeError) told.broken('whyBrowser')
    else if (error instanceof TypeError) told.ended()  // the line was cut in the middle
    else throw error
  })
  return () => going.abort()
}

/** WebRTC: our own server makes the call (WHEP) and ends it when the viewing ends; the picture comes from the media server. */
export async function playWhep(from: Place, video: HTMLVideoElement, told: Told): Promise<Stop> {
  const peer = new RTCPeerConnection()
  const going = new AbortController()
  const stop: Stop = () => {
    if (going.signal.aborted) return
    going.abort()
    peer.close()
    video.srcObject = null
    const leaving = new AbortController().signal
    raw('DELETE', `${from.path}/call`, { world: from.world, signal: leaving, keepalive: true }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error  // the server ends it by itself when the viewing ends
    })
  }
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.ontrack = (event) => { video.srcObject = event.streams[0] ?? new MediaStream([event.track]); started(video) }
  peer.onconnectionstatechange = () => { if (!going.signal.aborted && ['failed', 'disconnected', 'closed'].includes(peer.connectionState)) told.ended() }
  try {
    await peer.setLocalDescription(await peer.createOffer())
    await gathered(peer)
    const answer = await raw('POST', `${from.path}/call`, { world: from.world, signal: going.signal, type: 'application/sdp', body: peer.localDescription!.sdp })
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() })
  } catch (error) {
    if (going.signal.aborted) return stop
    if (!(error instanceof Problem)) throw error
    told.refused(error)
  }
  return stop
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((done) => {
    const limit = setTimeout(done, GATHER_MS)
    peer.addEventListener('icegatheringstatechange', () => { if (peer.iceGatheringState === 'complete') { clearTimeout(limit); done() } })
  })
}

/** A page may always begin what makes no sound; a stop while it begins is no fault. */
function started(video: HTMLVideoElement): void {
  video.muted = true
  void video.play().catch((error: unknown) => { if (!(error instanceof DOMException)) throw error })
}
