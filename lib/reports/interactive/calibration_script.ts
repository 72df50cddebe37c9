/// <reference lib="dom" />
/** Script of a calibration report: its explorers. */
import type { ReportData } from "../calibration/report_data.ts";
import { mountReportExplorers } from "./mount_report_explorers.ts";
import { pageData } from "./page_data.ts";

await mountReportExplorers(pageData<ReportData>("calibration-report"));
