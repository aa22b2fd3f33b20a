#pragma once

#include "core/scenario/Scenario.h"
#include "core/trace/Diff.h"
#include "ui/theme/Theme.h"

#include <QString>

namespace corscope {

/// What is not the same about two runs, put into words and small tables.
namespace differencewords {

/// "=", "≠", or on which side it stands alone.
QString sign(const diff::Row& row);
/// One line: what is not the same ("other verdict, other Access-Control-Allow-Origin").
QString summary(const diff::Row& row);
/// The whole of it, for the panel below the list.
QString html(const diff::Row& row, const Trace& a, const Trace& b, const Theme& theme);
/// Where the first difference is, as a sentence. \param row the first one that is not the same; null: there is none
QString parting(const diff::Row* row, const Trace& a, const Trace& b);
/// The rule at which the runs take different ways; empty where they do not.
QString forkWords(const Trace& a, const Trace& b);
/// What was changed between the scenarios of the two runs: lines taken out and put in, stage by stage.
QString scenarioHtml(const Scenario& a, const Scenario& b, const Theme& theme);

} // namespace differencewords
} // namespace corscope
