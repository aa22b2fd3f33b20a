#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QRegularExpression>
#include <functional>
#include <memory>
#include <vector>

namespace corscope {

/// An expression of Apache, as in <If "..."> and expr=: comparisons of words with `==`, `!=`, `=~`, `!~`, and `-z`, `-n`,
/// put together with `&&`, `||`, `!` and parentheses.
class ApacheExpression
{
public:
    /// What is wrong with it: expected and found.
    struct Wrong { QString expected; QByteArray found; };
    static Result<ApacheExpression, Wrong> parse(const QByteArray& text);

    /// \param variable what %{...} stands for: `req:Origin`, `REQUEST_METHOD`
    using Lookup = std::function<QByteArray(const QByteArray& variable)>;
    bool holds(const Lookup& variable) const;

    struct Node;

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace corscope
