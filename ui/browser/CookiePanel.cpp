#include "ui/browser/CookiePanel.h"

#include "ui/browser/CookieForm.h"
#include "ui/browser/Memory.h"
#include "ui/browser/SmallButton.h"
#include "ui/browser/SmallTable.h"
#include "ui/widgets/FlowLayout.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

CookiePanel::CookiePanel(Memory& memory, QWidget* parent)
    : QWidget(parent), m_memory(memory),
      m_table(new SmallTable("cookieTable", tr("Cookies"), {tr("Name"), tr("Value"), tr("For")})), m_form(new CookieForm),
      m_empty(new QLabel(tr("No cookie yet."))), m_remove(smallButton("removeCookie", tr("Remove"))),
      m_clear(smallButton("clearCookies", tr("Clear"))), m_keep(smallButton("keepCookies", tr("Keep with the scenario")))
{
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_keep->setToolTip(tr("A fresh browser then begins with these cookies, and the scenario file has them."));
    auto* add = smallButton("addCookie", tr("+ Add"));
    auto* buttons = new QWidget;
    auto* row = new FlowLayout(buttons, fontMetrics().height() / 4);
    for (auto* button : {add, m_remove, m_clear, m_keep})
        row->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(m_empty);
    column->addWidget(m_table);
    column->addWidget(buttons);
    column->addWidget(m_form);
    connect(add, &QPushButton::clicked, this, &CookiePanel::add);
    connect(m_remove, &QPushButton::clicked, this, [this] { remove(m_table->currentRow()); });
    connect(m_clear, &QPushButton::clicked, this,
            [this] { m_memory.change([](Browser& browser) { browser.cookieJar.clear(); }); });
    connect(m_keep, &QPushButton::clicked, &memory, &Memory::keepCookies);
    connect(m_table, &SmallTable::removeWanted, this, &CookiePanel::remove);
    connect(m_table, &SmallTable::rowChosen, this, &CookiePanel::refresh);
    connect(m_form, &CookieForm::edited, this, &CookiePanel::replace);
    connect(&memory, &Memory::changed, this, &CookiePanel::refresh);
    refresh();
}

void CookiePanel::add()
{
    Cookie cookie;
    cookie.domain = "localhost";
    cookie.path = "/";
    cookie.created = cookie.lastAccess = m_memory.now();
    const auto isTaken = [&] {
        return std::any_of(m_shown.begin(), m_shown.end(), [&](const Cookie& other) { return other.name == cookie.name; });
    };
    cookie.name = "cookie";
    for (int i = 2; isTaken(); ++i)
        cookie.name = "cookie" + QByteArray::number(i);
    m_memory.change([&](Browser& browser) { browser.cookieJar.put(cookie); });
    m_table->setCurrentCell(m_table->rowCount() - 1, 0);
    refresh();
    m_form->setFocus();
}

void CookiePanel::remove(int row)
{
    if (row >= 0 && row < m_shown.size())
        m_memory.change([cookie = m_shown[row]](Browser& browser) { browser.cookieJar.remove(cookie); });
}

/// The chosen one, which keeps its place in the jar.
void CookiePanel::replace(const Cookie& cookie)
{
    const int row = m_table->currentRow();
    if (row < 0 || row >= m_shown.size())
        return;
    const auto old = m_shown[row];
    m_memory.change([&](Browser& browser) {
        CookieJar jar;
        for (const auto& other : browser.cookieJar.cookies())
            jar.put(other == old ? cookie : other);
        browser.cookieJar = jar;
    });
}

void CookiePanel::refresh()
{
    m_shown.clear();
    QList<QStringList> rows;
    for (const auto& cookie : m_memory.browser().cookieJar.cookies()) {
        if (cookie.isExpired(m_memory.now()))
            continue;
        m_shown.append(cookie);
        const QByteArray where = (cookie.hostOnly ? "" : ".") + cookie.domain + (cookie.path == "/" ? QByteArray() : cookie.path);
        rows.append({QString::fromUtf8(cookie.name), QString::fromUtf8(cookie.value), QString::fromUtf8(where)});
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    m_empty->setVisible(rows.isEmpty());
    const int row = m_table->currentRow();
    const bool chosen = row >= 0 && row < m_shown.size();
    m_remove->setEnabled(chosen);
    m_clear->setEnabled(!rows.isEmpty());
    m_keep->setEnabled(!m_memory.cookiesAreKept());
    m_form->setVisible(chosen);
    if (chosen)
        m_form->setCookie(m_shown[row], m_memory.now());
    setEnabled(m_memory.canChange());
}

} // namespace corscope
