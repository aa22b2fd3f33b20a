#include "core/advise/Differences.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/FrameworkCode.h"
#include "core/scenario/JsonPath.h"
#include "core/scenario/JsonWriter.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("Differences", text); }

namespace {

const FrameworkDescription* descriptionOf(const StageConfig& stage)
{
    return findFrameworkDescription(stage.kind == "cors" ? stage.framework : stage.kind);
}

QByteArray written(const QJsonValue& value) { return value.isUndefined() ? QByteArray() : JsonTree(value).written(); }

QByteArray codeOf(const StageConfig& stage)
{
    const auto* description = descriptionOf(stage);
    if (!description || !stage.enabled)
        return {};
    if (const auto* text = description->option(OptionRole::ConfigText, stage.version)) {
        const auto value = stage.settings.value(QString::fromUtf8(text->name));
        auto code = (value.isUndefined() ? text->defaultValue : value).toString().toUtf8();
        if (!code.endsWith('\n'))
            code += '\n';
        return code;
    }
    return codeText(writtenCode(*description, stage.settings));
}

QByteArray settingsOf(const StageConfig& stage) { return stage.enabled ? written(stage.settings) : QByteArray(); }

QString titleOf(const StageConfig& stage)
{
    const auto* description = descriptionOf(stage);
    return description ? description->stageTitle : QString::fromUtf8(stage.kind);
}

QByteArray chainOf(const ServerConfig& server)
{
    QByteArray text;
    for (const auto& stage : server.pipeline)
        if (stage.enabled)
            text += titleOf(stage).toUtf8() + '\n';
    return text;
}

/// The stage of the other chain that is the same one, by kind and framework, in order.
const StageConfig* counterpart(const ServerConfig& before, const ServerConfig& after, size_t stage)
{
    const auto same = [&](const StageConfig& s) {
        return s.kind == after.pipeline[stage].kind && s.framework == after.pipeline[stage].framework;
    };
    const auto nth = std::count_if(after.pipeline.begin(), after.pipeline.begin() + qsizetype(stage), same);
    qsizetype seen = 0;
    for (const auto& candidate : before.pipeline)
        if (same(candidate) && seen++ == nth)
            return &candidate;
    return nullptr;
}

} // namespace

std::vector<Difference> differencesBetween(const Scenario& before, const Scenario& after)
{
    std::vector<Difference> result;
    for (size_t i = 0; i < after.servers.size() && i < before.servers.size(); ++i) {
        const auto& a = before.servers[i];
        const auto& b = after.servers[i];
        const QByteArray place = "servers[" + QByteArray::number(qsizetype(i)) + ']';
        for (size_t k = 0; k < b.pipeline.size(); ++k) {
            const auto* old = counterpart(a, b, k);
            if (old && *old == b.pipeline[k])
                continue;
            result.push_back({titleOf(b.pipeline[k]), place + ".pipeline[" + QByteArray::number(qsizetype(k)) + ']',
                              old ? settingsOf(*old) : QByteArray(), settingsOf(b.pipeline[k]),
                              old ? codeOf(*old) : QByteArray(), codeOf(b.pipeline[k])});
        }
        if (chainOf(a) != chainOf(b))
            result.push_back({tr("The order of stages"), place + ".pipeline", chainOf(a), chainOf(b), {}, {}});
        if (a.origin() != b.origin())
            result.push_back(
                {tr("The server's address"), place + ".origin", a.origin() + '\n', b.origin() + '\n', {}, {}});
        if (!(a.routes == b.routes)) {
            const auto routes = [&](const Scenario& s) {
                return written(
                    JsonPath::parse(QString::fromLatin1(place + ".routes"))->value(scenariofile::completeForm(s)));
            };
            result.push_back({tr("The routes"), place + ".routes", routes(before), routes(after), {}, {}});
        }
    }
    const auto rest = [&](const QString& path, const QString& title) {
        const auto json = [&](const Scenario& s) {
            return written(JsonPath::parse(path)->value(scenariofile::completeForm(s)));
        };
        if (const auto old = json(before), now = json(after); old != now)
            result.push_back({title, path.toUtf8(), old, now, {}, {}});
    };
    for (size_t i = 0; i < after.pages.size(); ++i)
        if (i < before.pages.size() && !(before.pages[i] == after.pages[i]))
            rest(QStringLiteral("pages[%1]").arg(i), tr("The page %1").arg(QString::fromUtf8(after.pages[i].id)));
    for (size_t i = 0; i < after.actions.size() && i < before.actions.size(); ++i)
        if (!(before.actions[i] == after.actions[i]))
            rest(QStringLiteral("actions[%1]").arg(i), tr("The request of action %1").arg(i));
    return result;
}

std::vector<DiffLine> lineDiff(const QByteArray& before, const QByteArray& after)
{
    const auto linesOf = [](const QByteArray& text) {
        auto lines = text.split('\n');
        if (lines.last().isEmpty())
            lines.removeLast();
        return lines;
    };
    const auto a = linesOf(before), b = linesOf(after);
    const size_t width = size_t(b.size()) + 1;
    if (size_t(a.size() + 1) * width > 1'000'000) { // nobody reads that, and the table would be large
        std::vector<DiffLine> all;
        for (const auto& line : a)
            all.push_back({'-', line});
        for (const auto& line : b)
            all.push_back({'+', line});
        return all;
    }
    std::vector<int> longest(size_t(a.size() + 1) * width); // common lines from (i, k) on
    for (qsizetype i = a.size() - 1; i >= 0; --i)
        for (qsizetype k = b.size() - 1; k >= 0; --k)
            longest[size_t(i) * width + size_t(k)] = a[i] == b[k]
                ? longest[size_t(i + 1) * width + size_t(k + 1)] + 1
                : std::max(longest[size_t(i + 1) * width + size_t(k)], longest[size_t(i) * width + size_t(k + 1)]);
    std::vector<DiffLine> result;
    qsizetype i = 0, k = 0;
    while (i < a.size() || k < b.size()) {
        if (i < a.size() && k < b.size() && a[i] == b[k]) {
            result.push_back({' ', a[i]});
            ++i;
            ++k;
        } else if (i < a.size()
                   && (k == b.size()
                       || longest[size_t(i + 1) * width + size_t(k)] >= longest[size_t(i) * width + size_t(k + 1)])) {
            result.push_back({'-', a[i++]});
        } else {
            result.push_back({'+', b[k++]});
        }
    }
    return result;
}

} // namespace corscope::advise
