#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <functional>
#include <vector>

namespace corscope {

/// A value with variables in it: `https://$host/a`.
class NginxText
{
public:
    NginxText() = default;
    /// What is wrong with it is said in nginx's words, as a fragment: `invalid variable name`.
    static Result<NginxText, QString> parse(const QByteArray& text);

    /// Names of the variables in it, `1` for a capture.
    QList<QByteArray> variables() const;
    using Lookup = std::function<QByteArray(const QByteArray& name)>;
    QByteArray value(const Lookup& variable) const;

private:
    struct Part
    {
        QByteArray text;
        bool isVariable = false;
    };
    std::vector<Part> m_parts;
};

} // namespace corscope
