#include "ui/server/StageCode.h"

#include "core/backend/code/FrameworkCode.h"

#include <QRegularExpression>

namespace corscope {

const FrameworkDescription* descriptionOf(const StageConfig& stage)
{
    return findFrameworkDescription(stage.framework.isEmpty() ? stage.kind : stage.framework);
}

QString stageTitle(const StageConfig& stage)
{
    const auto* description = descriptionOf(stage);
    return description ? description->stageTitle : QString::fromUtf8(stage.framework.isEmpty() ? stage.kind : stage.framework);
}

QString stageCode(const StageConfig& stage)
{
    const auto* description = descriptionOf(stage);
    return description ? QString::fromUtf8(codeText(writtenCode(*description, stage.settings))).trimmed() : QString();
}

namespace {

/// Whether the line gives that option a value: `name=`, `name:`, `name(`, `"name":`, `<param-name>name</`.
bool sets(const QString& line, const QByteArray& option)
{
    const auto name = QRegularExpression::escape(QString::fromUtf8(option));
    const QRegularExpression pattern(QStringLiteral("\\b%1\\b[\"']?\\s*[=:(<]").arg(name));
    return pattern.match(line).hasMatch();
}

bool closesCall(const QString& line)
{
    static const QRegularExpression closing(QStringLiteral("^[\\s)\\]};,]*$"));
    return closing.match(line).hasMatch();
}

} // namespace

int lineOfOption(const FrameworkDescription& description, const QString& code, const QByteArray& option)
{
    if (option.isEmpty() || !description.option(option))
        return -1;
    const auto lines = code.split(u'\n');
    for (int i = 0; i < lines.size(); ++i)
        if (sets(lines[i], option))
            return i;
    return -1;
}

QByteArray optionAtLine(const FrameworkDescription& description, const QString& code, int line)
{
    const auto lines = code.split(u'\n');
    for (int i = qMin(line, int(lines.size()) - 1); i >= 0; --i) {
        for (const auto& option : description.options)
            if (sets(lines[i], option.name))
                return option.name;
        if (i == line && closesCall(lines[i]) && line == lines.size() - 1)
            return {};
    }
    return {};
}

TextPlace placeIn(const InputError& error)
{
    static const QRegularExpression number(QStringLiteral("(?<![\\[\\w])(\\d+)(?!\\])"));
    TextPlace place;
    auto matches = number.globalMatch(error.where);
    if (matches.hasNext())
        place.line = matches.next().captured(1).toInt();
    if (matches.hasNext())
        place.column = matches.next().captured(1).toInt();
    return place;
}

QString offendingText(const InputError& error)
{
    static const QRegularExpression quoted(QStringLiteral("^[\"“'](.+)[\"”']$"));
    const auto match = quoted.match(error.found);
    return match.hasMatch() ? match.captured(1) : error.found.section(u' ', -1);
}

} // namespace corscope
