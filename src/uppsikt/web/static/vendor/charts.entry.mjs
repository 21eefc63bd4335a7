export { View, parse, expressionFunction, formatLocale, timeFormatLocale, loader } from "vega";
export { expressionInterpreter } from "vega-interpreter";
export { compile } from "vega-lite";
