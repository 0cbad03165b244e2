/** Types of the plain JavaScript entry, for its tests. */
export function isNewEnough(version: string): boolean;
export function whyNotCarried(version: string, platform: string, arch: string): string | undefined;
