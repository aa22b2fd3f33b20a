#pragma once

#include "core/backend/directives/NginxConfig.h"
#include "core/backend/directives/NginxSyntax.h"

namespace corscope {

/// Turns directives into levels: one function for each kind of directive. Errors name line and column.
class NginxConfigReader
{
public:
    using Check = Result<Done>;

    explicit NginxConfigReader(NginxConfig& config) : m_config(config) {}

    Check whole(const std::vector<NginxDirective>& directives);

private:
    NginxBlock& newServer();
    static NginxBlock& newLocation(NginxBlock& parent, const QByteArray& modifier, const QByteArray& uri);

    Check inside(const NginxDirective& directive, NginxBlock& block);

    Check one(const NginxDirective& d, NginxBlock& block);
    Check addHeader(const NginxDirective& d, NginxBlock& block);
    Check headersMore(const NginxDirective& d, NginxBlock& block);
    Check requestHeader(const NginxDirective& d, NginxBlock& block);
    Check access(const NginxDirective& d, NginxBlock& block);
    Check location(const NginxDirective& d, NginxBlock& block);
    Check limitExcept(const NginxDirective& d, NginxBlock& block);
    Check maxBody(const NginxDirective& d, NginxBlock& block);
    Check map(const NginxDirective& d);
    Check set(const NginxDirective& d, NginxBlock& block);
    Check condition(const NginxDirective& d, NginxBlock& block);
    Check returns(const NginxDirective& d, NginxBlock& block);

    Result<NginxText> text(const NginxDirective& d, const QByteArray& argument);
    Result<QByteArray> variable(const NginxDirective& d, const QByteArray& argument);
    Result<QRegularExpression> regex(const NginxDirective& d, const QByteArray& pattern, bool anyCase);
    Check count(const NginxDirective& d, qsizetype least, qsizetype most);
    Check variablesAreKnown();

    NginxConfig& m_config;
    std::vector<std::pair<QByteArray, const NginxDirective*>> m_used;
};

InputError wrongDirective(const NginxDirective& directive, const QString& expected, const QString& found);
QString quoted(const QByteArray& bytes);

} // namespace corscope
