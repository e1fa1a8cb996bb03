// The schedules of this project, by folder; the build makes the list.
import list from "jalon-examples";

export interface Example {
  folder: string;
  name: string;
  lang: "en" | "fr";
  text: string;
}

export const EXAMPLES: Example[] = list;
