#include "ui/browser/CookiePanel.h"

#include "ui/browser/CookieForm.h"
#include "ui/browser/EntryList.h"
#include "ui/browser/Memory.h"
#include "ui/browser/SmallButton.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

CookiePanel::CookiePanel(Memory& memory, QWidget* parent)
    : QWidget(parent), m_memory(memory),
      m_list(new EntryList({"cookieTable", "removeCookie", "clearCookies"}, tr("Cookies"),
                           {tr("Name"), tr("Value"), tr("For")}, tr("No cookie yet."))),
      m_form(new CookieForm), m_keep(smallButton("keepCookies", tr("Keep with the scenario")))
{
    m_keep->setToolTip(tr("A fresh browser then begins with these cookies, and the scenario file has them."));
    auto* add = smallButton("addCookie", tr("+ Add"));
    m_list->addButton(add, 0);
    m_list->addButton(m_keep);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(m_list);
    column->addWidget(m_form);
    connect(add, &QPushButton::clicked, this, &CookiePanel::add);
    connect(m_list, &EntryList::removeWanted, this, &CookiePanel::remove);
    connect(m_list, &EntryList::clearWanted, this, [this] {
        m_memory.change(tr("Clear the cookies"), {}, [](Browser& browser) { browser.cookieJar.clear(); });
    });
    connect(m_keep, &QPushButton::clicked, &memory, &Memory::keepCookies);
    connect(m_list, &EntryList::rowChosen, this, &CookiePanel::refresh);
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
    m_memory.change(tr("Add a cookie"), {}, [&](Browser& browser) { browser.cookieJar.put(cookie); });
    m_list->choose(int(m_shown.size()) - 1);
    refresh();
    m_form->setFocus();
}

void CookiePanel::remove(int row)
{
    if (row < 0 || row >= m_shown.size())
        return;
    const auto cookie = m_shown[row];
    m_memory.change(tr("Remove cookie %1").arg(QString::fromUtf8(cookie.name)), {},
                    [&](Browser& browser) { browser.cookieJar.remove(cookie); });
}

/// The chosen one, which keeps its place in the jar.
void CookiePanel::replace(const Cookie& cookie)
{
    const int row = m_list->chosen();
    if (row < 0 || row >= m_shown.size())
        return;
    const auto old = m_shown[row];
    m_memory.change(tr("Change cookie %1").arg(QString::fromUtf8(old.name)), "cookie/" + QByteArray::number(row),
                    [&](Browser& browser) {
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
    m_list->setRows(rows);
    m_keep->setEnabled(!m_memory.cookiesAreKept());
    const int row = m_list->chosen();
    m_form->setVisible(row >= 0);
    if (row >= 0)
        m_form->setCookie(m_shown[row], m_memory.now());
    setEnabled(m_memory.canChange());
}

} // namespace corscope
