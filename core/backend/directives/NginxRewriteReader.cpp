#include "core/backend/directives/NginxConfigReader.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("NginxConfig", text); }

} // namespace

Result<NginxText> NginxConfigReader::text(const NginxDirective& d, const QByteArray& argument)
{
    auto parsed = NginxText::parse(argument);
    if (!parsed)
        return wrongDirective(d, parsed.error(), quoted(argument));
    for (const auto& name : parsed->variables())
        m_used.push_back({name, &d});
    return *parsed;
}

Result<QByteArray> NginxConfigReader::variable(const NginxDirective& d, const QByteArray& argument)
{
    if (argument.size() < 2 || argument[0] != '$')
        return wrongDirective(d, tr("a variable such as $name"), quoted(argument));
    return argument.mid(1);
}

Result<QRegularExpression> NginxConfigReader::regex(const NginxDirective& d, const QByteArray& pattern, bool anyCase)
{
    QRegularExpression compiled(QString::fromUtf8(pattern),
                                anyCase ? QRegularExpression::CaseInsensitiveOption
                                        : QRegularExpression::NoPatternOption);
    if (!compiled.isValid())
        return wrongDirective(d, tr("a regular expression (%1)").arg(compiled.errorString()), quoted(pattern));
    return compiled;
}

NginxConfigReader::Check NginxConfigReader::count(const NginxDirective& d, qsizetype least, qsizetype most)
{
    if (d.arguments.size() >= least && d.arguments.size() <= most)
        return Done{};
    return wrongDirective(d, least == most ? tr("%1 arguments of \"%2\"").arg(least).arg(QString::fromUtf8(d.name))
                                  : tr("%1 to %2 arguments of \"%3\"").arg(least).arg(most).arg(QString::fromUtf8(d.name)),
                 QString::number(d.arguments.size()));
}

NginxConfigReader::Check NginxConfigReader::map(const NginxDirective& d)
{
    if (auto right = count(d, 2, 2); !right)
        return right;
    auto source = text(d, d.arguments[0]);
    if (!source)
        return source.error();
    auto target = variable(d, d.arguments[1]);
    if (!target)
        return target.error();
    NginxMap map{*target, *source, false, {}, {}, {}};
    for (const auto& row : d.block) {
        if (row.name == "hostnames" || row.name == "volatile") {
            map.hostnames = map.hostnames || row.name == "hostnames";
            continue;
        }
        if (row.arguments.size() != 1 || row.name == "include")
            return wrongDirective(row, tr("a value and what it becomes"), quoted(row.name));
        auto value = text(row, row.arguments[0]);
        if (!value)
            return value.error();
        if (row.name == "default") {
            map.fallback = *value;
        } else if (row.name.startsWith('~')) {
            const bool anyCase = row.name.startsWith("~*");
            auto pattern = regex(row, row.name.mid(anyCase ? 2 : 1), anyCase);
            if (!pattern)
                return pattern.error();
            map.patterns.push_back({*pattern, *value});
        } else {
            const auto key = row.name.startsWith('\\') ? row.name.mid(1) : row.name;
            map.exact.push_back({ascii::lowered(key), *value});
        }
    }
    m_config.maps.push_back(std::move(map));
    return Done{};
}

NginxConfigReader::Check NginxConfigReader::set(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 2, 2); !right)
        return right;
    auto name = variable(d, d.arguments[0]);
    if (!name)
        return name.error();
    auto value = text(d, d.arguments[1]);
    if (!value)
        return value.error();
    NginxRewrite rewrite;
    rewrite.kind = NginxRewrite::Kind::Set;
    rewrite.variable = *name;
    rewrite.text = *value;
    block.script.push_back(std::move(rewrite));
    if (!m_config.variables.contains(*name))
        m_config.variables.append(*name);
    return Done{};
}

NginxConfigReader::Check NginxConfigReader::condition(const NginxDirective& d, NginxBlock& block)
{
    // ($a = b): the parentheses may stand apart or not.
    auto words = d.arguments;
    if (words.isEmpty() || !words.first().startsWith('(') || !words.last().endsWith(')'))
        return wrongDirective(d, tr("a condition in parentheses"), quoted(ascii::join(words, " ")));
    words.first().remove(0, 1);
    words.last().chop(1);
    words.removeAll(QByteArray());
    NginxRewrite rewrite;
    rewrite.kind = NginxRewrite::Kind::If;
    auto& condition = rewrite.condition;
    condition.written = ascii::join(words, " ");
    auto name = variable(d, words.value(0));
    if (!name)
        return name.error();
    condition.variable = *name;
    m_used.push_back({*name, &d});
    if (words.size() > 1) {
        auto compare = words[1];
        condition.negated = compare.startsWith('!');
        if (condition.negated)
            compare.remove(0, 1);
        const auto operand = words.value(2);
        if (words.size() > 3 || !QList<QByteArray>{"=", "~", "~*"}.contains(compare))
            return wrongDirective(d, tr("one of =, !=, ~, ~*, !~, !~* and a value"), quoted(condition.written));
        if (compare == "=") {
            condition.kind = NginxCondition::Kind::Equals;
            auto value = text(d, operand);
            if (!value)
                return value.error();
            condition.text = *value;
        } else {
            condition.kind = NginxCondition::Kind::Matches;
            auto pattern = regex(d, operand, compare == "~*");
            if (!pattern)
                return pattern.error();
            condition.pattern = *pattern;
        }
    }
    rewrite.block = std::make_unique<NginxBlock>();
    rewrite.block->kind = NginxBlock::Kind::If;
    rewrite.block->parent = &block;
    rewrite.block->title = "if (" + condition.written + ')';
    auto& inner = *rewrite.block;
    block.script.push_back(std::move(rewrite));
    return inside(d, inner);
}

NginxConfigReader::Check NginxConfigReader::returns(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 1, 2); !right)
        return right;
    NginxRewrite rewrite;
    rewrite.kind = NginxRewrite::Kind::Return;
    bool isStatus = false;
    rewrite.status = d.arguments[0].toInt(&isStatus);
    auto written = d.arguments.value(1);
    if (!isStatus) {
        rewrite.status = 302;
        written = d.arguments[0];
    }
    const bool isAddress = written.startsWith('/') || written.startsWith("http://") || written.startsWith("https://")
        || written.startsWith('$');
    if ((isStatus && (rewrite.status < 200 || rewrite.status > 599 || rewrite.status == 444)) || (!isStatus && !isAddress))
        return wrongDirective(d, tr("a status from 200 to 599 other than 444, or an address"), quoted(d.arguments[0]));
    auto value = text(d, written);
    if (!value)
        return value.error();
    rewrite.text = *value;
    block.script.push_back(std::move(rewrite));
    return Done{};
}

} // namespace corscope
