/** The target's number beside its mark: digits only, so no language; drawn when the target or theme changes. */
import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from 'three';

const WIDTH_PX = 160;
const HEIGHT_PX = 80;
const HEIGHT_M = 0.07;

export class ArcLabel {
  readonly object: Mesh<PlaneGeometry, MeshBasicMaterial>;
  private readonly canvas = document.createElement('canvas');
  private readonly texture: CanvasTexture;
  private readonly fontFamily: string;
  private text = '';
  private colour = '#000000';

  constructor(fontFamily: string, renderOrder: number) {
    this.fontFamily = fontFamily;
    this.canvas.width = WIDTH_PX;
    this.canvas.height = HEIGHT_PX;
    this.texture = new CanvasTexture(this.canvas);
    this.texture.colorSpace = SRGBColorSpace;
    this.object = new Mesh(
      new PlaneGeometry((HEIGHT_M * WIDTH_PX) / HEIGHT_PX, HEIGHT_M),
      new MeshBasicMaterial({ map: this.texture, depthTest: false, depthWrite: false, transparent: true }),
    );
    this.object.renderOrder = renderOrder;
  }

  setText(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.draw();
  }

  setColour(colour: string): void {
    if (colour === this.colour) return;
    this.colour = colour;
    this.draw();
  }

  dispose(): void {
    this.texture.dispose();
    this.object.geometry.dispose();
    this.object.material.dispose();
  }

  private draw(): void {
    const context = this.canvas.getContext('2d');
    if (context === null) return;
    context.clearRect(0, 0, WIDTH_PX, HEIGHT_PX);
    context.font = `650 58px ${this.fontFamily}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = this.colour;
    context.fillText(this.text, WIDTH_PX / 2, HEIGHT_PX / 2);
    this.texture.needsUpdate = true;
  }
}
