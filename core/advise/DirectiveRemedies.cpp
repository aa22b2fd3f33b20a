#include "core/advise/OptionList.h"
#include "core/advise/Remedies.h"

#include "core/backend/FrameworkDescription.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("DirectiveRemedies", text); }

namespace {

using TextChange = std::function<QString(const QString&)>;

/// The value that follows the header's name in a line of directives, with its quotes.
QRegularExpression valueOf(const QString& header)
{
    return QRegularExpression(
        QStringLiteral("(?<![\\w-])%1\\b[\"']?[ \\t]+(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s;\"'}]+)").arg(header),
        QRegularExpression::CaseInsensitiveOption);
}

QString unquoted(const QString& value)
{
    const bool quoted = value.size() > 1 && (value.startsWith(QLatin1Char('"')) || value.startsWith(QLatin1Char('\'')));
    return quoted ? value.mid(1, value.size() - 2) : value;
}

QString withValues(QString text, const QString& header, const std::function<QString(const QString&)>& value)
{
    auto all = valueOf(header).globalMatch(text);
    std::vector<QRegularExpressionMatch> matches;
    while (all.hasNext())
        matches.push_back(all.next());
    for (auto match = matches.rbegin(); match != matches.rend(); ++match)
        text.replace(match->capturedStart(1), match->capturedLength(1),
                     QString(QLatin1Char('"') + value(unquoted(match->captured(1))) + QLatin1Char('"')));
    return text;
}

/// Lines put behind that line, with its indentation; -1: at the end.
QString inserted(const QString& text, int line, const QStringList& lines)
{
    auto all = text.split(QLatin1Char('\n'));
    while (!all.isEmpty() && all.last().trimmed().isEmpty())
        all.removeLast();
    // The text may be a shorter one by now, because what a remedy counted on was dropped.
    const int at = line < 0 || line >= int(all.size()) ? int(all.size()) : line + 1;
    QString indent;
    const auto& model = at < all.size() ? all.at(at) : all.isEmpty() ? QString() : all.last();
    for (const QChar c : model) {
        if (!c.isSpace())
            break;
        indent += c;
    }
    for (qsizetype i = 0; i < lines.size(); ++i)
        all.insert(at + i, indent + lines.at(i));
    return all.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

/// Where a line may belong: at the end, or behind a line that opens a block.
std::vector<int> places(const QString& text)
{
    std::vector<int> result;
    const auto lines = text.split(QLatin1Char('\n'));
    static const QRegularExpression opens(
        QStringLiteral("\\{\\s*$|^\\s*<[^/!][^>]*>\\s*$|^(?:frontend|listen|backend|defaults)\\b"));
    for (int i = int(lines.size()) - 1; i >= 0 && result.size() < 4; --i)
        if (lines.at(i).contains(opens))
            result.push_back(i);
    result.push_back(-1);
    return result;
}

class Directives
{
public:
    Directives(const Situation& at, int stage, const OptionDescription& option)
        : m_at(at), m_stage(stage), m_option(option)
    {
        const auto& settings = at.serverConfig().pipeline[size_t(stage)].settings;
        m_text = settingOf(option, settings).toString();
    }

    Remedy changing(const QString& title, int cost, const TextChange& change) const
    {
        return {title, cost, Who::Server,
                [place = StagePlace(m_at.state, m_at.server, m_stage), &option = m_option, change](Scenario& s) {
                    if (auto* stage = place.in(s))
                        stage->settings.insert(QString::fromUtf8(option.name),
                                               change(settingOf(option, stage->settings).toString()));
                }};
    }
    bool has(const char* header) const { return m_text.contains(valueOf(QLatin1String(header))); }

    Remedy setting(const char* header, const QString& value, int cost) const
    {
        const QString name = QLatin1String(header);
        return changing(tr("Write %1 in the line for %2").arg(value, name), cost, [=](const QString& text) {
            return withValues(text, name, [=](const QString&) { return value; });
        });
    }
    Remedy naming(const char* header, const QString& item) const
    {
        const QString name = QLatin1String(header);
        return changing(tr("Name %1 in the line for %2").arg(item, name), cost::grant, [=](const QString& text) {
            return withValues(text, name, [=](const QString& old) {
                const auto listed = old.split(QRegularExpression(QStringLiteral("\\s*,\\s*")), Qt::SkipEmptyParts);
                return listed.contains(item, Qt::CaseInsensitive) ? old
                    : old.trimmed().isEmpty()                     ? item
                                                                  : QString(old + QStringLiteral(", ") + item);
            });
        });
    }
    /// A line beside each one that answers for the origin, or at that place where there is none.
    Remedy adding(const char* header, const QString& value, int cost, int place) const
    {
        const QString name = QLatin1String(header);
        auto line = QString::fromUtf8(m_option.lines.header);
        line.replace(QStringLiteral("%name%"), name).replace(QStringLiteral("%value%"), value);
        return changing(tr("Add a line that sends %1: %2").arg(name, value), cost, [=](const QString& text) {
            static const auto origin = valueOf(QStringLiteral("Access-Control-Allow-Origin"));
            const auto lines = text.split(QLatin1Char('\n'));
            auto result = text;
            bool beside = false;
            for (int i = int(lines.size()) - 1; i >= 0; --i) {
                const auto match = origin.match(lines.at(i));
                if (!match.hasMatch() || lines.at(i).trimmed().startsWith(QLatin1Char('#')))
                    continue;
                // The same directive, conditions and all, for the other header.
                auto like = lines.at(i).trimmed();
                const auto matchedLike = origin.match(like);
                like.replace(matchedLike.capturedStart(1), matchedLike.capturedLength(1),
                             QString(QLatin1Char('"') + value + QLatin1Char('"')));
                like.replace(QLatin1String("Access-Control-Allow-Origin"), name, Qt::CaseInsensitive);
                result = inserted(result, i, {like});
                beside = true;
            }
            return beside ? result : inserted(text, place, {line});
        });
    }
    Remedy answeringPreflights(int place) const
    {
        QStringList lines;
        for (const auto& line : m_option.lines.preflight)
            lines.append(QString::fromUtf8(line));
        return changing(tr("Answer preflights with 204"), cost::reorder,
                        [=](const QString& text) { return inserted(text, place, lines); });
    }

    /// One line for the origin where there are several, which are all sent.
    Remedy once() const
    {
        const auto origin = QString::fromUtf8(m_at.origin);
        auto remedy = changing(tr("Keep one line for Access-Control-Allow-Origin, with %1").arg(origin), cost::grant, [=](const QString& text) {
            static const auto value = valueOf(QStringLiteral("Access-Control-Allow-Origin"));
            auto lines = text.split(QLatin1Char('\n'));
            int kept = -1;
            for (int i = 0; i < int(lines.size()); ++i)
                if (const auto match = value.match(lines.at(i)); match.hasMatch() && (kept < 0 || unquoted(match.captured(1)) == origin))
                    kept = i;
            for (int i = int(lines.size()); i-- > 0;)
                if (i != kept && lines.at(i).contains(value))
                    lines.removeAt(i);
            return withValues(lines.join(QLatin1Char('\n')), QStringLiteral("Access-Control-Allow-Origin"), [=](const QString&) { return origin; });
        });
        remedy.note = tr("Every such line is sent, and a browser takes one origin only. For several, the server has to choose by the request's Origin.");
        return remedy;
    }
    /// The lines for CORS that stand there already, each as its server writes a header on every answer.
    static QStringList grants(const OptionDescription& option, const QString& text)
    {
        QStringList lines;
        static const QRegularExpression granting(
            QStringLiteral("(?<![\\w-])(Access-Control-[\\w-]+)\\b[\"']?[ \\t]+(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s;\"'}]+)"),
            QRegularExpression::CaseInsensitiveOption);
        for (auto all = granting.globalMatch(text); all.hasNext();) {
            const auto match = all.next();
            auto line = QString::fromUtf8(option.lines.header);
            line.replace(QStringLiteral("%name%"), match.captured(1)).replace(QStringLiteral("%value%"), unquoted(match.captured(2)));
            if (!lines.contains(line))
                lines.append(line);
        }
        return lines;
    }
    /// A block with lines of its own may not inherit those around it.
    Remedy repeating(int place) const
    {
        const auto block = place < 0 ? QString() : m_text.split(QLatin1Char('\n')).value(place).trimmed();
        auto remedy = changing(tr("Repeat the headers for CORS inside of %1").arg(block), cost::grant,
                               [place, &option = m_option](const QString& text) { return inserted(text, place, grants(option, text)); });
        remedy.note = tr("A block with headers of its own does not take over those from around it.");
        return remedy;
    }
    /// Every answer, errors included, where a line is only for those that succeed.
    Remedy onEveryAnswer() const
    {
        auto remedy = changing(
            tr("Send the headers for CORS with errors, too"), cost::correct, [model = QString::fromUtf8(m_option.lines.header)](const QString& text) {
                auto lines = text.split(QLatin1Char('\n'));
                static const QRegularExpression granting(
                    QStringLiteral("^(\\s*)[\\w-]+(?:[ \\t]+[\\w-]+)*[ \\t]+[\"']?(Access-Control-[\\w-]+)[\"']?[ \\t]+(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s;\"'}]+)[ \\t]*;?[ \\t]*$"),
                    QRegularExpression::CaseInsensitiveOption);
                for (auto& line : lines)
                    if (const auto match = granting.match(line); match.hasMatch()) {
                        auto better = model;
                        better.replace(QStringLiteral("%name%"), match.captured(2))
                            .replace(QStringLiteral("%value%"), unquoted(match.captured(3)));
                        line = match.captured(1) + better;
                    }
                return lines.join(QLatin1Char('\n'));
            });
        remedy.note = tr("Headers are put on answers that succeed, unless it is said otherwise. An error without them looks as if CORS had refused it.");
        return remedy;
    }

    Bundle needed(int place) const
    {
        Bundle bundle;
        const auto origin = QString::fromUtf8(m_at.origin);
        const auto grant = [&](const char* header, const QString& value, int cost, bool list) {
            if (!has(header))
                bundle.push_back(adding(header, value, cost, place));
            else
                bundle.push_back(list ? naming(header, value) : setting(header, value, cost));
        };
        grant("Access-Control-Allow-Origin", origin, cost::reorder, false);
        if (m_at.credentialed)
            grant("Access-Control-Allow-Credentials", QStringLiteral("true"), cost::credentials, false);
        if (m_at.preflighted) {
            grant("Access-Control-Allow-Methods", QString::fromUtf8(m_at.method), cost::grant, true);
            if (!m_at.headers.isEmpty() && !has("Access-Control-Allow-Headers"))
                bundle.push_back(adding("Access-Control-Allow-Headers", QString::fromUtf8(m_at.headers.join(", ")),
                                        cost::grant, place));
            else
                for (const auto& header : m_at.headers)
                    bundle.push_back(naming("Access-Control-Allow-Headers", QString::fromUtf8(header)));
        }
        return bundle;
    }

    const QString& text() const { return m_text; }

private:
    const Situation& m_at;
    int m_stage;
    const OptionDescription& m_option;
    QString m_text;
};

} // namespace

std::vector<Bundle> directiveRemedies(const Situation& at, int stage)
{
    const auto& config = at.serverConfig().pipeline[size_t(stage)];
    const auto* description = findFrameworkDescription(config.framework);
    const auto* option = description ? description->option(OptionRole::ConfigText, config.version) : nullptr;
    if (!option)
        return {};
    const Directives directives(at, stage, *option);
    std::vector<Bundle> bundles;
    if (directives.has("Access-Control-Allow-Origin")) {
        bundles.push_back({directives.onEveryAnswer()});
        if (at.blocked.why == Why::MultipleAllowOrigin)
            bundles.push_back({directives.once()});
        for (const int place : places(directives.text()))
            if (place >= 0) {
                bundles.push_back({directives.repeating(place)});
                // and for this origin alone, where what stands there lets in more
                auto bundle = directives.needed(place);
                bundle.push_back(directives.repeating(place));
                bundles.push_back(bundle);
            }
    }
    for (const int place : places(directives.text())) {
        auto bundle = directives.needed(place);
        bundles.push_back(bundle);
        if (at.preflighted) {
            bundle.push_back(directives.answeringPreflights(place));
            bundles.push_back(bundle);
        }
    }
    return bundles;
}

} // namespace corscope::advise
