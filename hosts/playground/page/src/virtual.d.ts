declare module "jalon-examples" {
  const list: import("./examples").Example[];
  export default list;
}
declare module "jalon-worker" {
  /** The script of the worker. */
  const source: string;
  export default source;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): {
    createScriptURL(address: string): string;
  };
}
interface Window {
  readonly trustedTypes?: TrustedTypes;
}
