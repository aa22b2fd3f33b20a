#include "core/backend/code/CodeForms.h"
#include "core/backend/code/PythonCode.h"
#include "core/backend/code/PythonReader.h"

#include <QJsonArray>

namespace corscope::code {

namespace {

constexpr char signal[] = "check_request_enabled";

/// Reads settings.py, and the paths that a receiver of the signal allows.
class Reader final : public python::Reader
{
public:
    using python::Reader::Reader;

    /// `return request.path.startswith("/api/")` in code that names the signal.
    std::optional<Argument> signalPaths()
    {
        bool named = false;
        for (m_at = 0; !isEnd(); ++m_at) {
            named = named || (token().kind == Token::Kind::Name && token().text == signal);
            if (!named || token().text != "startswith" || token(1).text != "(")
                continue;
            const int line = token().line;
            ++m_at;
            const auto value = literal();
            if (!value)
                continue;
            return Argument{signal, value->isArray() ? *value : QJsonValue(QJsonArray{*value}), line};
        }
        return std::nullopt;
    }
};

std::vector<CodeLine> write(const FrameworkDescription& description, const QJsonObject& settings)
{
    std::vector<CodeLine> lines;
    for (const auto& line : description.code.before)
        lines.push_back({line, {}});
    for (const auto& option : description.options) {
        const auto value = writtenValue(description, settings, option.name);
        if (!value.isUndefined() && option.name != signal)
            lines.push_back({option.name + " = " + python::literal(value, option.holdsPatterns()), option.name});
    }
    const auto paths = writtenValue(description, settings, signal).toArray();
    if (!paths.isEmpty()) {
        append(lines, {"", "# in an application", "from corsheaders.signals import check_request_enabled",
                       "from django.dispatch import receiver", "", "@receiver(check_request_enabled)",
                       "def allow(sender, request, **kwargs):"}, signal);
        // startswith() takes a tuple, which needs a comma where it has one item.
        QByteArray items;
        for (const auto& path : paths)
            items += python::literal(path) + ", ";
        items.chop(paths.size() > 1 ? 2 : 1);
        lines.push_back({"    return request.path.startswith((" + items + "))", signal});
    }
    return lines;
}

Result<std::vector<Argument>> read(const FrameworkDescription& description, const QByteArray& code)
{
    auto words = python::tokens(code);
    if (!words)
        return words.error();
    QList<QByteArray> names;
    for (const auto& option : description.options)
        names.append({option.name, option.alias});
    Reader reader(std::move(words).value());
    auto settings = reader.assignments(names);
    if (!settings)
        return settings.error();
    if (const auto paths = reader.signalPaths())
        settings->push_back(*paths);
    return settings;
}

} // namespace

const CodeForm djangoSettings{"assignments", write, read};

} // namespace corscope::code
