/** A column of 32-bit whole numbers that grows by doubling; 0 stands for "not known". */
export class IntColumn {
  data: Int32Array = new Int32Array(1024);

  set(row: number, value: number): void {
    if (row >= this.data.length) {
      const wider = new Int32Array(Math.max(row + 1, this.data.length * 2));
      wider.set(this.data);
      this.data = wider;
    }
    this.data[row] = value;
  }

  at(row: number): number {
    return this.data[row] ?? 0;
  }
}

/** The same for encoded identifiers, which need 53 bits. */
export class CodeColumn {
  data: Float64Array = new Float64Array(1024);

  set(row: number, value: number): void {
    if (row >= this.data.length) {
      const wider = new Float64Array(Math.max(row + 1, this.data.length * 2));
      wider.set(this.data);
      this.data = wider;
    }
    this.data[row] = value;
  }

  at(row: number): number {
    return this.data[row] ?? 0;
  }
}
