#include "tests/oracles/middleware/Replay.h"

#include "core/backend/Server.h"

#include <QJsonArray>

namespace corscope::oracles {

namespace {

/// A recorded option value as our settings write it: patterns as {"regex", "flags"}, what is passed but undefined as
/// null, functions by what they do.
Result<QJsonValue> settingOf(const QJsonValue& value)
{
    if (value.isArray()) {
        QJsonArray list;
        for (const auto& item : value.toArray()) {
            const auto converted = settingOf(item);
            if (!converted)
                return converted;
            list.append(*converted);
        }
        return QJsonValue(list);
    }
    const auto object = value.toObject();
    if (object.contains(QLatin1String("$fn"))) {
        const auto function = functionSetting(object[QLatin1String("$fn")].toString());
        if (function.isUndefined())
            return InputError{{}, QStringLiteral("a setting"), QStringLiteral("a function as an option")};
        return function;
    }
    if (object.contains(QLatin1String("$re"))) {
        QJsonObject pattern{{QStringLiteral("regex"), object[QLatin1String("$re")]}};
        if (object.contains(QLatin1String("flags")))
            pattern[QStringLiteral("flags")] = object[QLatin1String("flags")];
        return QJsonValue(pattern);
    }
    if (object.contains(QLatin1String("$undef")))
        return QJsonValue(QJsonValue::Null);
    return value;
}

Result<QJsonObject> settingsOf(const QJsonObject& options)
{
    if (const auto whole = settingOf(QJsonValue(options)); !whole)
        return whole.error();
    QJsonObject settings;
    for (auto it = options.begin(); it != options.end(); ++it) {
        const auto value = settingOf(it.value());
        if (!value)
            return value.error();
        // A group of options: each has a setting of its own, "preflight.statusCode".
        const auto group = value->toObject();
        if (it.key() == QLatin1String("preflight") && value->isObject())
            for (auto member = group.begin(); member != group.end(); ++member)
                settings[it.key() + u'.' + member.key()] = member.value();
        else
            settings[it.key()] = *value;
    }
    return settings;
}

Result<std::shared_ptr<Server>> serverOf(const std::vector<StageConfig>& pipeline, const Wiring& wiring,
                                         const Emulated& row)
{
    return Server::create({"api", "http", "api.example.test", 80, pipeline,
                           wiring.application.empty() ? row.application() : wiring.application});
}

} // namespace

Tally replay(const MiddlewareRecording& recording, const std::vector<RecordedRequest>& requests, const Emulated& row,
             const ReplayHooks& hooks)
{
    Tally tally;
    for (const auto& config : recording.configs) {
        const auto sent = int(std::count_if(config.answers.begin(), config.answers.end(), [](int i) { return i >= 0; }));
        const auto skip = [&](const InputError& error) {
            tally.notEmulated += sent;
            tally.reasons[error.found] += sent;
        };
        const auto settings = settingsOf(config.options);
        if (!settings) {
            skip(settings.error());
            continue;
        }
        const auto wiring = row.wired(config, {"cors", row.framework, row.version, true, *settings});
        if (!wiring) {
            skip(wiring.error());
            continue;
        }
        const auto server = serverOf(wiring->pipeline, *wiring, row);
        const auto elsewhere = serverOf(wiring->elsewhere, *wiring, row);
        if (!server || !elsewhere) {
            tally.wrong += sent;
            hooks.wrong(QStringLiteral("%1: %2").arg(QString::fromUtf8(config.id),
                                                     (server ? elsewhere : server).error().sentence()));
            continue;
        }
        for (size_t i = 0; i < requests.size(); ++i) {
            if (config.answers[i] < 0)
                continue;
            const auto& recorded = recording.responses[size_t(config.answers[i])];
            auto request = requests[i].message;
            if (row.keepsTrailingSpace)
                request.headers = requests[i].untrimmed;
            auto chosenServer = !wiring->covered || wiring->covered(request) ? *server : *elsewhere;
            if (wiring->applicationFor) {
                auto computed = *wiring;
                computed.application = wiring->applicationFor(request);
                chosenServer = *serverOf(wiring->pipeline, computed, row);
            }
            auto& chosen = *chosenServer;
            const auto answer = chosen.handle(request, Clock::start, Recorder::silent());
            auto found =
                differences(recorded, answer.response, row.isOwnBody(recorded) ? Body::Compare : Body::Ignore, row.lists);
            if (hooks.trace) {
                Recorder recorder;
                if (chosen.handle(request, Clock::start, recorder).response != answer.response)
                    found.append(QStringLiteral("another answer when watched"));
                hooks.trace(recorder.take());
            }
            chosen.clearLogs();

            if (found.isEmpty()) {
                ++tally.agree;
            } else if (const auto reason = row.onPurpose(config, requests[i]); !reason.isEmpty()) {
                ++tally.onPurpose;
                ++tally.reasons[reason];
            } else {
                ++tally.wrong;
                hooks.wrong(QStringLiteral("%1 / %2: %3").arg(QString::fromUtf8(config.id),
                                                             QString::fromUtf8(requests[i].id),
                                                             found.join(QStringLiteral("; "))));
            }
        }
    }
    return tally;
}

} // namespace corscope::oracles
