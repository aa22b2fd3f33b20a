#include "app/cli/Commands.h"

#include "app/cli/Execution.h"
#include "core/share/Format.h"

#include <QCoreApplication>

#include <cstdio>

namespace corscope::cli {

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

int convert(const ConvertOptions& options)
{
    const auto scenario = scenarioOf(options.file);
    if (!scenario) {
        complain(named(scenario.error(), options.file));
        return badInput;
    }
    const auto format = share::formatFromId(options.to);
    if (!format) {
        complain(tr("--to: expected a format, found %1").arg(QString::fromUtf8(options.to)));
        return badInput;
    }
    const int count = int(scenario->actions.size());
    if (options.action
        && (*options.action < 0 || *options.action >= count
            || !std::holds_alternative<SendAction>(scenario->actions[size_t(*options.action)]))) {
        complain(tr("--action: expected the index of a send, from 0 to %1, found %2").arg(count - 1).arg(*options.action));
        return badInput;
    }
    const auto trace = execute(*scenario, Wire::Direct);
    if (!trace) {
        complain(named(trace.error(), options.file));
        return badInput;
    }
    const auto text = share::shared(*format, *scenario, *trace, options.action.value_or(-1));
    if (!text) {
        complain(named(text.error(), options.file));
        return badInput;
    }
    if (options.output.isEmpty()) {
        std::fwrite(text->constData(), 1, size_t(text->size()), stdout);
        return asExpected;
    }
    if (const auto written = writeFile(options.output, *text); !written) {
        complain(written.error().sentence());
        return badInput;
    }
    return asExpected;
}

} // namespace corscope::cli
