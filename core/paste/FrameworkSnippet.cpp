#include "core/paste/FrameworkSnippet.h"

#include "core/backend/StageCatalogue.h"
#include "core/backend/code/FrameworkCode.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

bool hasWord(const QString& text, const QString& word)
{
    const QRegularExpression pattern(QStringLiteral("(?<![A-Za-z0-9_])%1(?![A-Za-z0-9_])").arg(QRegularExpression::escape(word)),
                                     QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text).hasMatch();
}

// Where the name stands that a framework is told apart by: called, or given to a call.
qsizetype findTarget(const QString& text, const FrameworkDescription& description)
{
    const auto& code = description.code;
    const auto find = [&](const QByteArray& name) {
        const auto end = code.language == "web.xml" ? QString() : QStringLiteral("\\s*[({,)]");
        const QRegularExpression pattern(QStringLiteral("(?<![A-Za-z0-9_])%1%2").arg(QRegularExpression::escape(QString::fromUtf8(name)), end));
        return pattern.match(text).capturedStart();
    };
    if (code.language.isEmpty())
        return -1;
    if (code.target.isEmpty()) {
        // Settings that stand by themselves, each under its own name.
        for (const auto& option : description.options) {
            const QRegularExpression name(QStringLiteral("(?<![A-Za-z0-9_])%1\\s*[:=]").arg(QRegularExpression::escape(QString::fromUtf8(option.name))));
            if (const auto at = option.name.contains('_') ? name.match(text).capturedStart() : -1; at >= 0)
                return at;
        }
        return -1;
    }
    if (const auto at = find(code.target); at >= 0)
        return at;
    for (const auto& preset : description.presets)
        if (const auto at = find(preset.function); at >= 0)
            return at;
    return -1;
}

// Stretches of text in which the code may stand, widest first: a fenced block; else
// everything around, and less and less of it.
QList<TextRange> candidates(const QString& text, qsizetype at)
{
    const auto fence = text.lastIndexOf(QLatin1String("```"), at);
    const auto fenceEnd = text.indexOf(QLatin1String("\n```"), at);
    if (fence >= 0 && fenceEnd > at)
        if (const auto start = text.indexOf(QLatin1Char('\n'), fence) + 1; start > 0 && start <= at)
            return {{start, fenceEnd + 1}};
    QList<TextRange> result;
    // The paragraph, then it and those around it.
    auto from = at, to = at;
    for (int i = 0; i < 8; ++i) {
        const auto before = from > 1 ? text.lastIndexOf(QLatin1String("\n\n"), from - 2) : -1;
        const auto behind = text.indexOf(QLatin1String("\n\n"), to);
        from = before < 0 ? 0 : before + 2;
        to = behind < 0 ? text.size() : behind + 1;
        result.prepend({from, to});
        if (before < 0 && behind < 0)
            break;
        if (before >= 0)
            from = before;
        to = behind < 0 ? text.size() : behind + 2;
    }
    // From the line with the name on, until it reads.
    const auto line = text.lastIndexOf(QLatin1Char('\n'), at) + 1;
    const auto paragraph = text.indexOf(QLatin1String("\n\n"), at);
    result.append({line, paragraph < 0 ? text.size() : paragraph});
    return result;
}

struct Attempt
{
    FrameworkSnippet snippet;
    int score = 0;
};

std::optional<Result<Attempt>> attempt(const QString& text, const FrameworkDescription& description)
{
    const auto at = findTarget(text, description);
    if (at < 0)
        return std::nullopt;
    std::optional<InputError> problem;
    std::optional<Attempt> found;
    for (const auto& range : candidates(text, at)) {
        auto settings = readCode(description, text.mid(range.from, range.to - range.from).toUtf8());
        if (!settings) {
            problem = settings.error();
            continue;
        }
        if (description.code.target.isEmpty() && settings->isEmpty())
            continue;
        // The same in less text: it stands there.
        if (found) {
            if (*settings == found->snippet.stage.settings)
                found->snippet.range = range;
            continue;
        }
        Attempt result;
        result.snippet.stage.kind = description.kind;
        result.snippet.stage.framework = description.kind == "cors" ? description.id : QByteArray();
        result.snippet.stage.settings = *settings;
        if (const auto stage = makeStage(result.snippet.stage); !stage) {
            problem = stage.error();
            continue;
        }
        result.snippet.title = description.title;
        result.snippet.range = range;
        const auto name = QString::fromLatin1(description.id).section(QLatin1Char('-'), 0, 0);
        result.score = int(settings->size()) + (hasWord(text, name) ? 10 : 0);
        found = result;
    }
    if (found)
        return Result<Attempt>(*found);
    const auto place = placeOf(text, at);
    return Result<Attempt>(InputError{tr("line %1, column %2").arg(place.line).arg(place.column),
                                      problem ? problem->expected : tr("code that is known here"), problem ? problem->found : QString()});
}

// Directives of a web server, told apart by the one that sets a header.
std::optional<Result<FrameworkSnippet>> directives(const QString& text)
{
    struct Known { const char* id; const char* pattern; };
    constexpr Known known[] = {
        {"nginx", "^[ \\t]*add_header[ \\t]+['\"]?Access-Control-"},
        {"apache", "^[ \\t]*Header[ \\t]+(?:always[ \\t]+|onsuccess[ \\t]+)?(?:set|add|append|merge|setifempty)[ \\t]+['\"]?Access-Control-"},
        {"haproxy", "^[ \\t]*http-response[ \\t]+(?:set|add)-header[ \\t]+Access-Control-"},
        {"caddy", "^[ \\t]*(?:header[ \\t]+)[+?>]?['\"]?Access-Control-"}};
    for (const auto& server : known) {
        const auto* description = findFrameworkDescription(server.id);
        const QRegularExpression pattern(QString::fromLatin1(server.pattern), QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
        const auto at = description ? pattern.match(text).capturedStart() : -1;
        if (at < 0)
            continue;
        std::optional<InputError> problem;
        for (const auto& range : candidates(text, at)) {
            FrameworkSnippet snippet{{}, description->title, range};
            snippet.stage.kind = description->kind;
            snippet.stage.framework = description->kind == "cors" ? description->id : QByteArray();
            snippet.stage.settings.insert(QStringLiteral("config"), text.mid(range.from, range.to - range.from));
            const auto stage = makeStage(snippet.stage);
            if (stage)
                return Result<FrameworkSnippet>(snippet);
            problem = stage.error();
        }
        return Result<FrameworkSnippet>(*problem);
    }
    return std::nullopt;
}

constexpr qsizetype longestCode = 1 << 18;

} // namespace

std::optional<Result<FrameworkSnippet>> readFrameworkSnippet(const QString& pasted)
{
    const auto text = pasted.left(longestCode);
    std::optional<Attempt> best;
    std::optional<InputError> problem;
    for (const auto* description : stageDescriptions()) {
        const auto read = attempt(text, *description);
        if (!read)
            continue;
        if (!*read)
            problem = read->error();
        else if (!best || (*read)->score > best->score)
            best = **read;
    }
    if (best)
        return Result<FrameworkSnippet>(best->snippet);
    if (auto found = directives(text))
        return found;
    if (problem)
        return Result<FrameworkSnippet>(*problem);
    return std::nullopt;
}

} // namespace corscope::paste
