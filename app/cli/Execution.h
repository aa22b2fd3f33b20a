#pragma once

#include "app/cli/Commands.h"
#include "core/base/Result.h"
#include "core/network/LiveBackend.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

namespace corscope::cli {

/// The scenario that a command line names: a file (a HAR file, too), `-` for standard input, an id of the library, or a link.
Result<Scenario> scenarioOf(const QString& file);

/// A fresh browser and a fresh backend; in-process, or over sockets on free loopback ports.
Result<Trace> execute(const Scenario& scenario, Wire wire);

/// Where the user's certificate authority lives.
QString authorityDirectory();

/// The error as one sentence with the file's name in front.
QString named(InputError error, const QString& file);

/// Writes the whole file or nothing.
Result<Done> writeFile(const QString& path, const QByteArray& bytes);

/// One line on standard output, or on standard error, in UTF-8.
void print(const QString& line);
void complain(const QString& line);
/// Whether all of standard output got where it should; complains where it did not.
bool everythingPrinted();

} // namespace corscope::cli
